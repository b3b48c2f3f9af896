"""The ground floor: time, storage, forms, the web. No word of the domain is spoken here."""
