# Outside a repository, without reports: every command says what it lacks.
tidegate check; echo "exit $?"
tidegate collect; echo "exit $?"
tidegate init; echo "exit $?"
tidegate record; echo "exit $?"
tidegate ledger log; echo "exit $?"
tidegate doctor; echo "exit $?"
