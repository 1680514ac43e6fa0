import {spawn} from 'node:child_process';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {delimiter, join} from 'node:path';
import type {ClusterTarget} from '../cluster/kubeconfig/target.ts';
import type {Where} from '../interface/shell/reach.ts';
import {own, type SafeText} from '../vocabulary.ts';

/** Runs a program on our terminal until it ends; false where there is no such program. */
function runs(file: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<boolean> {
	return new Promise((resolve, reject) => {
		spawn(file, args, {stdio: 'inherit', env})
			.on('error', (error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? resolve(false) : reject(error)))
			.on('exit', () => resolve(true));
	});
}

/**
 * A kubeconfig that only chooses: the same context, in this namespace. Put before the real ones, it wins, since the first
 * file that names a context is the one that counts.
 */
function choice({contextName, clusterName, userName}: ClusterTarget, namespace: string): string {
	return JSON.stringify({
		apiVersion: 'v1',
		kind: 'Config',
		'current-context': contextName,
		contexts: [{name: contextName, context: {cluster: clusterName, user: userName, namespace}}],
	});
}

/**
 * Opens k9s where the cursor is, or a shell whose kubectl points there, and resolves when it has ended. Returns a sentence
 * when neither could be started.
 */
export async function openElsewhere(
	target: ClusterTarget,
	where: Where,
	environment: NodeJS.ProcessEnv,
): Promise<SafeText | undefined> {
	const namespace = where.namespace ?? target.namespace;
	const folder = await mkdtemp(join(tmpdir(), 'midwatch-'));
	try {
		const chosen = join(folder, 'kubeconfig');
		await writeFile(chosen, choice(target, namespace), {mode: 0o600});
		const env = target.files.length === 0 ? environment : {...environment, KUBECONFIG: [chosen, ...target.files].join(delimiter)};
		if (
			await runs(
				'k9s',
				['--namespace', namespace, ...(where.subject === undefined ? [] : ['--command', where.subject.resource])],
				env,
			)
		)
			return undefined;
		const shell = environment.SHELL ?? '/bin/sh';
		process.stdout.write(
			`k9s is not installed. A shell on ${JSON.stringify(target.contextName)}, namespace ${JSON.stringify(namespace)}; exit leads back.\r\n`,
		);
		if (await runs(shell, [], env)) return undefined;
		return own(`Neither k9s nor the shell ${JSON.stringify(shell)} could be started; set SHELL to one that is there.`);
	} finally {
		await rm(folder, {recursive: true, force: true});
	}
}
