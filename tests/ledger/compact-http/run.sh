# The same with the remote behind a real server.
VIA=http
. "$CASE/../compact/run.sh"
