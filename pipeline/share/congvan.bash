# bash completion for congvan; the commands and options are asked of the program itself.
_congvan()
{
	local cur=${COMP_WORDS[COMP_CWORD]} command=${COMP_WORDS[1]} more=
	[ "$command ${COMP_WORDS[2]}" = "package sign" ] && more=sign
	if [ "$COMP_CWORD" = 1 ]; then
		COMPREPLY=($(compgen -W "$(congvan --help 2>/dev/null | awk '/^  [a-z]/ {print $1}') --help" -- "$cur"))
	elif [[ $cur == -* ]]; then
		COMPREPLY=($(compgen -W "$(congvan "$command" $more --help 2>/dev/null | awk '/^  --/ {print $1}') --help" -- "$cur"))
	elif [ "$command" = package ] && [ "$COMP_CWORD" = 2 ]; then
		COMPREPLY=($(compgen -W "check list mark sign" -- "$cur"))
	elif [ "$command" = trust ] && [ "$COMP_CWORD" = 2 ]; then
		COMPREPLY=($(compgen -W "list import check" -- "$cur"))
	elif [ "$command" = stage ]; then
		COMPREPLY=($(compgen -W "1_ingest 2_extract 3_verify 4_judge 5_emit" -- "$cur"))
	else
		COMPREPLY=($(compgen -f -- "$cur"))
	fi
}
complete -o filenames -F _congvan congvan
