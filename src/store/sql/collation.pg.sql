-- PostgreSQL sorts as SQLite does only with collation C.
SELECT datcollate AS name FROM pg_database WHERE datname = current_database();
