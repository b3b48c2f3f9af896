"""What is done of a complaint after its receipt: every act is declared once, and done in one way.

A declaration (:mod:`app.acts.kinds`) says who may do it and when, its words, what makes an open page past. Pages and
their guards, menus, histories, the rights and the kinds that a verification knows are derived from it.
"""
