import {type ChildProcess, spawn} from 'node:child_process';
import {basename} from 'node:path';
import {own, type SafeText, say} from '../../vocabulary.ts';
import {KubeconfigError} from '../kubeconfig/error.ts';
import type {ExecPlugin} from '../kubeconfig/target.ts';
import {codeOf} from '../line/error-code.ts';
import type {Raw} from '../raw.ts';
import {safeText} from '../safe-text.ts';
import type {CredentialOptions} from './credential.ts';

type Start = {readonly env: NodeJS.ProcessEnv; readonly interactive: boolean};

const mostBytes = 1 << 20;

/** Runs a credential plugin and returns the JSON it printed. Rejects with `KubeconfigError`; `hint` says how to log in by hand. */
export async function runPlugin(
	plugin: ExecPlugin,
	start: Start,
	options: CredentialOptions,
	stop: AbortSignal,
	hint: SafeText,
): Promise<Raw> {
	const called = pluginName(plugin);
	const child = launch(plugin, start);
	const began = Date.now();
	const ticking = setInterval(
		() => options.onWaiting(say`waiting for ${called}, ${Math.round((Date.now() - began) / 1000)} s`),
		1000,
	).unref();
	let late = false;
	const limit = setTimeout(() => {
		late = true;
		kill(child);
	}, options.pluginWithin).unref();
	const closing = () => kill(child);
	stop.addEventListener('abort', closing);
	try {
		const {code, printed, said} = await ended(child);
		if (late) throw new KubeconfigError(say`${called} took longer than ${Math.round(options.pluginWithin / 1000)} s: ${hint}`);
		if (code !== 0) throw new KubeconfigError(say`${called} failed: ${said || say`it ended with ${own(String(code))}`}; ${hint}`);
		const json: unknown = JSON.parse(printed);
		if (typeof json === 'object' && json !== null) return json as Raw;
		throw new SyntaxError('not an object');
	} catch (error) {
		throw asKubeconfigError(error, plugin, hint);
	} finally {
		clearInterval(ticking);
		clearTimeout(limit);
		stop.removeEventListener('abort', closing);
		options.onWaiting(undefined);
	}
}

/** What people call it: `kubelogin`, `kubectl oidc-login`. */
export function pluginName({command, args}: ExecPlugin): SafeText {
	const program = basename(command).replace(/\.exe$/, '');
	const [first = ''] = args;
	return safeText(program === 'kubectl' && /^[\w-]+$/.test(first) ? `${program} ${first}` : program, 60);
}

function launch({command, args}: ExecPlugin, {env, interactive}: Start): ChildProcess {
	return spawn(command, [...args], {
		env,
		stdio: interactive ? ['inherit', 'pipe', 'inherit'] : ['ignore', 'pipe', 'pipe'],
		// A session of its own has no terminal: a plugin that opens /dev/tty to ask a question gets an error instead of our keys,
		// and the whole group of processes can be stopped at once.
		detached: !interactive,
		windowsHide: true,
	});
}

function ended(
	child: ChildProcess,
): Promise<{readonly code: number | string | null; readonly printed: string; readonly said: SafeText}> {
	const printed: Buffer[] = [];
	let size = 0;
	let said = '';
	child.stdout?.on('data', (chunk: Buffer) => {
		size += chunk.length;
		if (size > mostBytes) kill(child);
		else printed.push(chunk);
	});
	child.stderr?.on('data', (chunk: Buffer) => {
		if (said.length < 8192) said += chunk.toString();
	});
	return new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('close', (code, signal) => {
			const line = said.split('\n').find(each => safeText(each).trim() !== '') ?? '';
			resolve({code: code ?? signal, printed: Buffer.concat(printed).toString(), said: safeText(line.trim(), 300)});
		});
	});
}

function kill(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): void {
	if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
	try {
		process.kill(-child.pid, signal);
	} catch {
		// One that may use our terminal is in our own group.
		child.kill(signal);
	}
	if (signal === 'SIGTERM') setTimeout(kill, 2_000, child, 'SIGKILL').unref();
}

function asKubeconfigError(error: unknown, plugin: ExecPlugin, hint: SafeText): KubeconfigError {
	if (error instanceof KubeconfigError) return error;
	const called = pluginName(plugin);
	if (error instanceof SyntaxError) return new KubeconfigError(say`${called} did not print JSON: ${hint}`, error);
	if (codeOf(error) === 'ENOENT') {
		const hint = plugin.installHint === '' ? own('install it, or put it on PATH') : plugin.installHint;
		return new KubeconfigError(say`the credential plugin ${safeText(plugin.command)} is not there: ${hint}`, error);
	}
	return new KubeconfigError(say`${called} cannot be started: ${safeText(codeOf(error))}`, error);
}
