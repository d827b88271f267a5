"""Pages of channels: where firm and customer meet, and where there is no other way."""

from __future__ import annotations

from collections.abc import Iterator

from journeybook.formats import number, plural
from journeybook.model import Channel, Stage, Touchpoint
from journeybook.views import parts
from journeybook.views.context import Context
from journeybook.views.record_places import channel_uri
from journeybook.views.registers import ChannelRow, ChannelsView, ChannelUse, ChannelView, TouchpointRow
from journeybook.words import N_, _

SECTION = N_("Library")
SPEAKS = {"to-customer": N_("we speak"), "to-company": N_("the customer speaks"), "third-party": N_("others speak")}
OWNED = {"own": N_("our own place"), "partner": N_("a partner's place"), "earned": N_("earned, not owned")}


def used_channels(context: Context) -> tuple[Channel, ...]:
    """Channels that a touchpoint or a stage names, in the atlas's order."""
    atlas = context.atlas
    return tuple(channel for channel in atlas.channels.values()
                 if channel.id in atlas.touchpoints_of_channel or channel.id in atlas.stages_of_channel)


def channels_view(context: Context) -> ChannelsView:
    """All channels that are used, with how much."""
    return ChannelsView(uri="library/channels/", title=_("Channels"), section=_(SECTION),
                        description=_("Where firm and customer meet, by channel, and where there is no other way."),
                        rows=tuple(_row(channel, context) for channel in used_channels(context)))


def _row(channel: Channel, context: Context) -> ChannelRow:
    stages = context.atlas.stages_of_channel.get(channel.id, ())
    return ChannelRow(
        channel.label, channel.icon, channel_uri(channel.id),
        len(context.atlas.touchpoints_of_channel.get(channel.id, ())), len(stages),
        len({stage.key.journey for stage in stages}), sum(_only(stage) for stage in stages))


def channel_view(channel: Channel, context: Context) -> ChannelView:
    """One channel: its touchpoints, and the stages that use it."""
    atlas = context.atlas
    row = _row(channel, context)
    only = plural("%(num)s stage", "%(num)s stages", row.only)
    facts = (parts.Fact(_("Touchpoints"), number(row.touchpoints)), parts.Fact(_("Stages"), number(row.stages)),
             parts.Fact(_("Journeys"), number(row.journeys)), parts.Fact(_("Only way at"), only))
    touchpoints = tuple(_touchpoint(t, context) for t in atlas.touchpoints_of_channel.get(channel.id, ()))
    return ChannelView(
        uri=row.to, title=channel.label, section=_(SECTION),
        description=_("Touchpoints of the channel %(channel)s, by stage.", channel=channel.label),
        icon=channel.icon, facts=facts,
        touchpoints=touchpoints, uses=tuple(_uses(channel, context)),
        search=tuple((t.anchor, t.name, channel.label) for t in touchpoints))


def _touchpoint(touchpoint: Touchpoint, context: Context) -> TouchpointRow:
    spec = touchpoint.spec
    stages = context.atlas.stages_of_touchpoint.get(touchpoint.id, ())
    return TouchpointRow(
        f"touchpoint-{touchpoint.id}", spec.name, context.team(touchpoint.owner),
        tuple(context.stage_link(stage) for stage in stages),
        " · ".join(_(table[said]) for table, said in ((SPEAKS, spec.direction), (OWNED, spec.ownership)) if said),
        spec.url or "")


def _uses(channel: Channel, context: Context) -> Iterator[ChannelUse]:
    """By journey and stage: through which touchpoints, and what other channels there are."""
    for stage in context.atlas.stages_of_channel.get(channel.id, ()):
        own = {t.id: t for step in stage.steps for t in step.touchpoints if t.channel.id == channel.id}
        others = tuple(parts.Link(other.label, channel_uri(other.id)) for other in stage.channels
                       if other.id != channel.id)
        yield ChannelUse(
            parts.Link(stage.title, context.stage_link(stage).to), stage.number,
            context.journey_link(context.atlas.journeys[stage.key.journey]),
            tuple(parts.Link(t.spec.name, f"{channel_uri(channel.id)}#touchpoint-{t.id}") for t in own.values()),
            others, context.team(stage.owner))


def _only(stage: Stage) -> bool:
    """Whether everything at a stage goes through one channel."""
    return len(stage.channels) == 1
