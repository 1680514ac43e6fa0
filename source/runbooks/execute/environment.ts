import type {PinnedFiles} from '../../files/pinned-files.ts';
import type {Environment} from '../../files/places.ts';
import {own, type SafeText} from '../../vocabulary.ts';
import {isReserved} from '../reserved.ts';

/** What could lead a command to another cluster, or have a shell do something before the script: taken out of the environment. */
const cleared = [
	// Where clusters are and who one is there.
	/^(KUBE|HELM_KUBE|ARGOCD_|ETCDCTL_|K3S_|(TALOSCONFIG|TALOS_HOME|OMNICONFIG|OMNI_ENDPOINT|OMNI_CONTEXT|OMNI_SERVICE_ACCOUNT_KEY)$)/,
	// What shells read before a script: files, functions, options.
	/^(BASH_ENV|ENV|BASH_FUNC_.*|SHELLOPTS|BASHOPTS|ZDOTDIR|CDPATH|GLOBIGNORE|PROMPT_COMMAND|PS4)$/,
	// What of midwatch's own Node would be taken up by another.
	/^NODE_(OPTIONS|CHANNEL_FD|CHANNEL_SERIALIZATION_MODE)$/,
];

const isCleared = (name: string): boolean => cleared.some(pattern => pattern.test(name));

/** Reserved names and what no environment can hold were refused before; here nothing gets past that all the same. */
const canBeGiven = ([name, value]: readonly [string, string]): boolean =>
	/^[A-Za-z_]\w*$/.test(name) && !isReserved(name) && !value.includes('\0');

/**
 * The environment of the commands of a run: this one, without what leads elsewhere, with the context pinned and the parameters
 * as variables.
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
	const given = Object.entries(parameters).filter(canBeGiven);
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
 * none that takes what runbooks are written in.
 */
export function inShell({SHELL = ''}: Environment, script: string): readonly string[] {
	const name = SHELL.slice(SHELL.lastIndexOf('/') + 1);
	const flags = SHELL.startsWith('/') ? shells[name] : undefined;
	return flags === undefined ? ['/bin/sh', '-c', script] : [SHELL, ...flags, script];
}

/**
 * Goes on being there while the command ends: whatever closes its output before it exits would otherwise leave the terminal to
 * nobody, and be hung up on. The command itself gets the signals as they come.
 */
const beside = 'trap : INT TERM HUP; "$0" "$@" </dev/null; exit $?';

/** The same with an empty standard input: nobody answers. */
export function unanswered(words: readonly string[]): readonly string[] {
	return ['/bin/sh', '-c', beside, ...words];
}

/** Why a script cannot be run at all; undefined where it can. */
export function wrongWithScript(script: string): SafeText | undefined {
	if (script.includes('\0')) return own('The command has a NUL character, which no shell can be given.');
	// A single word of a command line may be 128 KiB long on Linux.
	return Buffer.byteLength(script) > 120_000
		? own('The command is longer than a shell can be given at once; put it into a file.')
		: undefined;
}
