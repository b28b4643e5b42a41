# core.sshCommand, GIT_SSH_COMMAND and GIT_SSH.
. "$KIT/kit.sh"
make_code shop
publish shop shop "git@git.example.invalid:$remotes/shop.git"
export FAKE_SSH_LOG="$here/ssh.log"
cd shop
as_push
git config ssh.variant simple
git config core.sshCommand "$KIT/fake_ssh -i key"
note tidegate record -q
say tidegate check -q --base "$(git rev-parse HEAD)"
git config --unset core.sshCommand
change two && report 6
GIT_SSH_COMMAND="$KIT/fake_ssh"
export GIT_SSH_COMMAND
note tidegate record -q
unset GIT_SSH_COMMAND
change three && report 7
GIT_SSH="$KIT/fake_ssh"
export GIT_SSH
note tidegate record -q
unset GIT_SSH
entries shop
sed "s,$remotes,REMOTES," "$FAKE_SSH_LOG" | sort -u
