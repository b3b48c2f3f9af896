"""The pages to read: rights, help, personal data, legal notice, accessibility, map of the site; the form to print.

They hold the same words for everybody: no person's data. Three small forms stand beside them: telling a problem of
accessibility, choosing the colours, erasing this device; only the pages that show a form keep a cookie.
What depends on who runs the service comes from the settings; when a setting is empty, its lines are left out.
They inform and never discourage: nobody needs to be sure to make a complaint.
They refuse to claim more than what is done, above all on accessibility and on the keeping of data.
"""
