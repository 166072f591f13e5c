"""Pages of meetings: each view makes one read or one call of the domain, then renders a page or a fragment."""
