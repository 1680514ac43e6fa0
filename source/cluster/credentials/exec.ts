import {own, type SafeText, say} from '../../vocabulary.ts';
import {KubeconfigError} from '../kubeconfig/error.ts';
import {pemText} from '../kubeconfig/pem.ts';
import type {ClusterTarget, ExecPlugin} from '../kubeconfig/target.ts';
import {instant, name, type Raw} from '../raw.ts';
import {safeText} from '../safe-text.ts';
import type {Credential, CredentialOptions, Issuer} from './credential.ts';
import {pluginName, runPlugin} from './plugin.ts';
import {baseOf, bearing} from './token-file.ts';

/** Credentials out of an exec plugin, as client-go does it. https://kubernetes.io/docs/reference/config-api/client-authentication.v1/ */
export const fromPlugin: Issuer = async (target, options, stop) => {
	const plugin = target.user.exec;
	if (plugin === undefined) throw new KubeconfigError(own('the user has no exec plugin'));
	if (plugin.interactiveMode === 'Always' && !options.interactive) throw new KubeconfigError(needsLogin(target));
	const printed = await runPlugin(
		plugin,
		{env: environment(target, plugin, options), interactive: mayTalk(plugin, options)},
		options,
		stop,
		loginHint(target),
	);
	return issued(printed, target, plugin);
};

/** The sentence for when somebody has to log in and nobody may be asked. */
function needsLogin(target: ClusterTarget): SafeText {
	return say`credentials need a login: ${loginHint(target)}`;
}

/** kubectl starts the same plugin, at a terminal of its own. */
function loginHint({kubectlFlags}: ClusterTarget): SafeText {
	return say`run kubectl ${kubectlFlags} get nodes`;
}

function mayTalk({interactiveMode}: ExecPlugin, {interactive}: CredentialOptions): boolean {
	return interactive && interactiveMode !== 'Never';
}

function environment(target: ClusterTarget, plugin: ExecPlugin, options: CredentialOptions): NodeJS.ProcessEnv {
	const spec = {interactive: mayTalk(plugin, options), ...(plugin.provideClusterInfo && {cluster: clusterInfo(target)})};
	return {
		...options.env,
		...plugin.env,
		KUBERNETES_EXEC_INFO: JSON.stringify({apiVersion: plugin.apiVersion, kind: 'ExecCredential', spec}),
	};
}

function clusterInfo({server, tls, proxy, execConfig}: ClusterTarget): unknown {
	return {
		server: server.href.replace(/\/$/, ''),
		...(tls.serverName !== undefined && {'tls-server-name': tls.serverName}),
		...(tls.insecure && {'insecure-skip-tls-verify': true}),
		...(tls.authority && {
			'certificate-authority-data': Buffer.from(pemText(tls.authority, own('certificate authority'))).toString('base64'),
		}),
		...(proxy !== undefined && {'proxy-url': proxy}),
		config: execConfig ?? null,
	};
}

// A credential is renewed a little before it runs out: the server's clock is not ours, and a request takes its time.
const margin = 5_000;

function issued(
	printed: Raw,
	target: ClusterTarget,
	plugin: ExecPlugin,
): {readonly credential: Credential; readonly until: number} {
	const {status} = printed;
	const base = baseOf(target);
	const certificate = name(status?.clientCertificateData);
	const key = name(status?.clientKeyData);
	const token = name(status?.token);
	const version = name(printed.apiVersion);
	if (name(printed.kind) !== 'ExecCredential' || version !== plugin.apiVersion)
		throw new KubeconfigError(
			say`${pluginName(plugin)} printed ${safeText(version || 'no apiVersion', 80)} where ${own(plugin.apiVersion)} was asked for: set apiVersion in ${target.source} to what it speaks`,
		);
	if (token === '' && (certificate === '' || key === ''))
		throw new KubeconfigError(
			say`${pluginName(plugin)} printed neither a token nor a certificate with its key: ${loginHint(target)}`,
		);
	const shown = certificate === '' || key === '' ? base : {...base, certificate, key};
	const runsOut = instant(status?.expirationTimestamp);
	const now = Date.now();
	return {
		credential: token === '' ? shown : bearing(shown, token),
		until: runsOut === 0 ? Number.POSITIVE_INFINITY : runsOut - Math.min(margin, (runsOut - now) / 10),
	};
}
