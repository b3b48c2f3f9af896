"""The pages to read: rights, help, personal data, legal notice, accessibility, map of the site.

They hold the same words for everybody: no person's data, no form, no cookie.
What depends on who runs the service comes from the settings; when a setting is empty, its lines are left out.
They inform and never discourage: nobody needs to be sure to make a complaint.
They refuse to claim more than what is done, above all on accessibility and on the keeping of data.
"""
