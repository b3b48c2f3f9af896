"""The database: connections, transactions, migrations, which instance leads."""
