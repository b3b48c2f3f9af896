"""The interface for associations' own software, ``/api/v1``: access and drafts."""
