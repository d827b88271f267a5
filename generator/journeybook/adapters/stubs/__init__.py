"""The site as a folder of Markdown files, for generators that run no plugin of ours."""
