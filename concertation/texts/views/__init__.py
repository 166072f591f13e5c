"""Pages of texts: `pages` reads, `acts` writes, `public` is for everybody."""
