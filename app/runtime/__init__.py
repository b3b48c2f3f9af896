"""The running service: an instance made ready, the application assembled, the server, the work beside the pages."""
