const names =
	/^(?:PATH|HOME|SHELL|USER|USERNAME|LOGNAME|PWD|OLDPWD|IFS|ENV|BASH\w*|ZDOTDIR|FPATH|CDPATH|MANPATH|TERM\w*|COLORTERM|LANG|LANGUAGE|LC_\w+|LD_\w+|DYLD_\w+|TMP|TEMP|TMPDIR|PS[1-4]|PROMPT\w*|PPID|[EU]?UID|E?GID|GROUPS|DIRSTACK|FUNCNAME|LINENO|RANDOM|SRANDOM|SECONDS|EPOCH\w*|HOSTNAME|HOST|HOSTTYPE|MACHTYPE|OSTYPE|OPT(?:ARG|IND|ERR)|REPLY|HIST\w+|MAIL\w*|COLUMNS|LINES|SHLVL|SHELLOPTS|EDITOR|VISUAL|\w*PAGER|LESS\w*|KUBECONFIG|KUBE_\w+|KUBECTL_\w+|KUBERNETES_\w+|TALOSCONFIG|OMNICONFIG|ARGOCD_\w+|HELM_\w+|DOCKER_\w+|NODE_OPTIONS|NODE_PATH|PYTHON\w+|PERL5?\w*|RUBY\w+|JAVA_\w+|GIT_\w+|SSH_\w+|SSL_\w+|\w*_PROXY|XDG_\w+|MIDWATCH\w*|DBUS_\w+|DISPLAY|WAYLAND_\w+|INVOCATION_ID|status|path|prompt|argv|signals|pipestatus|fpath|cdpath|\w*_proxy|_)$/;

/** Names that mean something to shells and programs: a parameter may not bear one, or a value would change what commands do. */
export function isReserved(name: string): boolean {
	return names.test(name);
}
