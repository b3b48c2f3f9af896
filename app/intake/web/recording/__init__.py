"""« Enregistrer une plainte reçue »: the pages of a complaint that came on paper."""
