import {spawn} from 'node:child_process';
import {buffer} from 'node:stream/consumers';

export type Ran = {readonly stdout: string; readonly stderr: string; readonly code: number};

/**
 * Runs kubectl with its own kubeconfig and arguments; `input` becomes its standard input.
 * A failure is an answer like any other: look at `code`.
 */
export type Kubectl = (args: readonly string[], options?: {input?: string; kubeconfig?: string}) => Promise<Ran>;

/** A kubectl that is told nothing by the environment: no KUBECONFIG, no preferences, no cache of another's discovery. */
export function makeKubectl(file: string, kubeconfig: string, home: string): Kubectl {
	return async (args, options = {}) => {
		const child = spawn(file, ['--kubeconfig', options.kubeconfig ?? kubeconfig, ...args], {
			env: {PATH: process.env.PATH, HOME: home, KUBECTL_COMMAND_HEADERS: 'false'},
			stdio: ['pipe', 'pipe', 'pipe'],
		});
		// It may end without reading what it was given.
		child.stdin.on('error', () => {});
		child.stdin.end(options.input ?? '');
		const code = new Promise<number>((resolve, reject) => {
			child.once('error', reject).once('close', (status, signal) => resolve(status ?? (signal ? 128 : 1)));
		});
		const [stdout, stderr, status] = await Promise.all([buffer(child.stdout), buffer(child.stderr), code]);
		return {stdout: stdout.toString(), stderr: stderr.toString(), code: status};
	};
}

/** The output of a call that must succeed. */
export async function mustRun(kubectl: Kubectl, args: readonly string[], input?: string): Promise<string> {
	const {stdout, stderr, code} = await kubectl(args, input === undefined ? {} : {input});
	if (code !== 0) throw new Error(`kubectl ${args.join(' ')} ended with ${code}: ${stderr}`);
	return stdout;
}
