# collect: a table, the JSON document, standard input, exit codes.
reports=$CASE/../../../examples/reports
tidegate collect "$reports/after/junit.xml" | sed "s|$reports|REPORTS|"; 
tidegate collect --json "$reports/after/trivy.sarif" | sed "s|$reports|REPORTS|"
tidegate collect --json - < "$reports/after/coverage.xml" | grep -c '"covered"'
tidegate collect -q no/such/file; echo "exit $?"
printf 'SF:a.c\nDA:1,x\nDA:2,1\nend_of_record\n' > bad.info
tidegate collect bad.info; echo "exit $?"
