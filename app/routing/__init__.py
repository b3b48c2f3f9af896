"""Which CPAM and which council of which *ordre* are competent.

A profession, a town and sometimes a section of the tableau go in; one of eight outcomes comes out, with the articles.
The rules are tables that a lawyer can read; the facts (towns, caisses, councils) are files carried by the product.
What the sources leave open is said (« à confirmer »), never hidden: a person decides, and the decision is remembered.
It refuses to guess from a postal code what only a town can tell, and it chooses no receiver: the person does.
"""
