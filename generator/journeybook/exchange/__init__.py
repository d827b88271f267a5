"""Maps in other shapes: what goes out to spreadsheets and other tools, and what comes in from them.

One module a format. Spreadsheets share a flat model: ``columns`` says which fields a row holds, ``cells`` how a value
is written in one cell and read back, ``rows`` makes rows of a journey and ``drafts`` drafts of rows. A *draft* is a
journey as plain data under the schema's own keys; ``yaml_text`` writes it as a team would. What a format cannot hold
is said (``losses``, and the notes of whoever reads), never dropped without a word.
"""
