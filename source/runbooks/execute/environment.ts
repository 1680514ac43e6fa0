import {safeText} from '../../cluster/safe-text.ts';
import type {PinnedFiles} from '../../files/pinned-files.ts';
import type {Environment} from '../../files/places.ts';
import {own, type SafeText, say} from '../../vocabulary.ts';

/** What could lead a command to another cluster, or have a shell do something before the script: taken out of the environment. */
const cleared = [
	// Where clusters are and who one is there.
	/^(KUBE|HELM_KUBE|ARGOCD_|ETCDCTL_|K3S_|(TALOSCONFIG|TALOS_HOME|OMNICONFIG|OMNI_ENDPOINT|OMNI_CONTEXT|OMNI_SERVICE_ACCOUNT_KEY)$)/,
	// What shells read before a script: files, functions, options.
	/^(BASH_ENV|ENV|BASH_FUNC_.*|SHELLOPTS|BASHOPTS|ZDOTDIR|CDPATH|GLOBIGNORE|PROMPT_COMMAND|PS4)$/,
	// What of midwatch's own Node would be taken up by another.
	/^NODE_(OPTIONS|CHANNEL_FD|CHANNEL_SERIALIZATION_MODE)$/,
];

/** What no parameter may be called: it would change which programs run, as whom and where. */
const reserved =
	/^(PATH|HOME|USER|LOGNAME|SHELL|PWD|OLDPWD|IFS|TERM|PAGER|EDITOR|VISUAL|LD_.*|DYLD_.*|NODE_(PATH|EXTRA_CA_CERTS)|PYTHON.*|PERL.*|RUBY.*|GIT_.*|SSH_.*|XDG_.*|LC_.*|LANG|.*_PROXY)$/i;

const isCleared = (name: string): boolean => cleared.some(pattern => pattern.test(name));

/** Why a value cannot be given to a command under this name; undefined where it can. */
export function wrongWithParameter(name: string, value: string): SafeText | undefined {
	const shown = safeText(name, 80);
	if (!/^[A-Za-z_]\w{0,63}$/.test(name)) return say`${shown} cannot be the name of a parameter: letters, digits and _ only.`;
	if (isCleared(name) || reserved.test(name))
		return say`${shown} cannot be a parameter: it would change what commands run, and where.`;
	if (value.includes('\0')) return say`The value of ${shown} has a NUL character, which no command can be given.`;
	return undefined;
}

/**
 * The environment of the commands of a run: this one, without what leads elsewhere, with the context pinned and the parameters
 * as variables. Those that `wrongWithParameter` finds fault with are left out.
 */
export function commandEnvironment(
	environment: Environment,
	files: PinnedFiles,
	context: string,
	parameters: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
	const kept = Object.entries(environment).filter(
		(each): each is [string, string] => each[1] !== undefined && !isCleared(each[0]),
	);
	const given = Object.entries(parameters).filter(([name, value]) => wrongWithParameter(name, value) === undefined);
	return {
		...Object.fromEntries(kept),
		...Object.fromEntries(given),
		KUBECONFIG: files.kubeconfig,
		// Aliases and default flags of kubectl itself.
		KUBERC: 'off',
		KUBECTL_KUBERC: 'false',
		HELM_KUBECONTEXT: context,
		TALOSCONFIG: files.talosconfig,
		OMNICONFIG: files.omniconfig,
		ARGOCD_CONFIG_DIR: files.argocd,
		// What is printed is read as lines.
		TERM: 'dumb',
		NO_COLOR: '1',
		PAGER: 'cat',
		GIT_PAGER: 'cat',
		SYSTEMD_PAGER: '',
	};
}

const shells: Readonly<Record<string, readonly string[]>> = {
	bash: ['--noprofile', '--norc', '-c'],
	zsh: ['-f', '-o', 'no_global_rcs', '-c'],
	sh: ['-c'],
	dash: ['-c'],
	ksh: ['-c'],
};

/**
 * The words that run a script in the user's own shell, without files that it would read and without aliases; in `sh` where it is
 * none that takes what runbooks are written in. Standard input is empty: nobody answers.
 */
export function shellWords({SHELL = ''}: Environment, script: string): readonly string[] {
	const name = SHELL.slice(SHELL.lastIndexOf('/') + 1);
	const flags = SHELL.startsWith('/') ? shells[name] : undefined;
	const shell = flags === undefined ? ['/bin/sh', '-c'] : [SHELL, ...flags];
	return ['/bin/sh', '-c', 'exec "$0" "$@" </dev/null', ...shell, script];
}

/** Why a script cannot be run at all; undefined where it can. */
export function wrongWithScript(script: string): SafeText | undefined {
	if (script.includes('\0')) return own('The command has a NUL character, which no shell can be given.');
	// A single word of a command line may be 128 KiB long on Linux.
	return Buffer.byteLength(script) > 120_000
		? own('The command is longer than a shell can be given at once; put it into a file.')
		: undefined;
}
