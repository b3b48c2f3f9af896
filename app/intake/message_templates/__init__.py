"""« Modèles de message » of an authority: texts that its manager writes, and that clerks put in what they send."""
