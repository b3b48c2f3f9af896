"""Who is there: signing in, proving it again, opening an account, the one behind a request."""
