"""An id has letters that an id cannot have.

An id becomes part of an address and is typed by others. Lower-case letters from a to z, digits and hyphens
work everywhere; spaces, capitals and letters of other alphabets that look the same do not.

Bad:

```yaml
teams:
  Key_Accounts:
    name: Key accounts
```

Good:

```yaml
teams:
  key-accounts:
    name: Key accounts
```
"""

from journeybook.problems import Severity

GROUP = "shape"
LEVEL = Severity.ERROR
REPORTED_BY = "schema"
