import {own, type SafeText, say} from '../../vocabulary.ts';
import {entries, items, type Raw} from '../raw.ts';
import {safeText} from '../safe-text.ts';
import {KubeconfigError} from './error.ts';
import {type Entry, resolvePath, scalar} from './file.ts';
import {readPem} from './pem.ts';
import type {ExecPlugin, UserCredentials} from './target.ts';

/** Reads a `users[].user`. Throws `KubeconfigError` for what cannot work. */
export function readUser({value, file}: Entry, name: string): UserCredentials {
	const pem = (field: string) => readPem({value, file}, field, say`user ${safeText(name)}`);
	const certificate = pem('client-certificate');
	const key = pem('client-key');
	const token = scalar(value.token);
	const tokenFile = resolvePath(scalar(value.tokenFile), file);
	const username = scalar(value.username);
	return {
		...(certificate && {certificate}),
		...(key && {key}),
		...(token !== '' && {token}),
		...(tokenFile !== '' && {tokenFile}),
		...(username !== '' && {basic: {username, password: scalar(value.password)}}),
		...(value.exec && {exec: readPlugin(value.exec, file, safeText(name))}),
		...(value['auth-provider'] && {authProvider: value['auth-provider']}),
		impersonate: impersonation(value),
	};
}

function impersonation(user: Raw): UserCredentials['impersonate'] {
	const as = scalar(user.as);
	if (as === '') return {};
	const uid = scalar(user['as-uid']);
	const groups = items(user['as-groups']).map(scalar);
	const extra = entries(user['as-user-extra']).map(([key, values]) => [
		`impersonate-extra-${encodeURIComponent(key)}`,
		items(values).map(scalar),
	]);
	return {
		'impersonate-user': as,
		...(uid !== '' && {'impersonate-uid': uid}),
		...(groups.length > 0 && {'impersonate-group': groups}),
		...Object.fromEntries(extra),
	};
}

function readPlugin(exec: Raw, file: string, user: SafeText): ExecPlugin {
	const command = scalar(exec.command);
	if (command === '') throw new KubeconfigError(say`user ${user} in ${safeText(file)} has an exec plugin without a command`);
	const version = scalar(exec.apiVersion);
	const apiVersion = apiVersions.find(known => known === version);
	if (apiVersion === undefined)
		throw new KubeconfigError(
			say`the exec plugin ${safeText(command)} of user ${user} in ${safeText(file)} asks for ${safeText(version || 'no apiVersion')}: set apiVersion to ${own(apiVersions[0])} there, or make the entry anew`,
		);
	const mode = scalar(exec.interactiveMode);
	return {
		// Only a path is relative to the file; a bare name is looked up on PATH.
		command: /[\\/]/.test(command) ? resolvePath(command, file) : command,
		args: items(exec.args).map(scalar),
		env: Object.fromEntries(items(exec.env).map(each => [scalar(each.name), scalar(each.value)])),
		apiVersion,
		interactiveMode: mode === 'Never' || mode === 'Always' ? mode : 'IfAvailable',
		provideClusterInfo: scalar(exec.provideClusterInfo) === 'true',
		installHint: safeText(scalar(exec.installHint).trim(), 300),
	};
}

const apiVersions = ['client.authentication.k8s.io/v1', 'client.authentication.k8s.io/v1beta1'] as const;
