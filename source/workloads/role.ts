import {nameOf} from '../diagnosis.ts';
import {shownName} from '../words.ts';
import type {Component} from './component.ts';
import type {PodRecord} from './pod.ts';

/** What every cluster stands on, where it runs in pods; in `kube-system`. */
export const coreServices = [
	'coredns',
	'kube-proxy',
	'kube-apiserver',
	'kube-controller-manager',
	'kube-scheduler',
	'etcd',
] as const;

/** The network of a node: one agent each, by the name people know it by. */
export const networkAgents = [
	['cilium', 'cilium-agent'],
	['calico', 'calico-node'],
	['flannel', 'flannel'],
] as const;

/** What keeps true what the panes show. */
export const keepers = [
	'longhorn-manager',
	'rook-operator',
	'velero',
	'cilium-operator',
	'source-controller',
	'kustomize-controller',
	'helm-controller',
	'cert-manager',
] as const;

const includes = (all: readonly Component[], component: Component): boolean => all.includes(component);

/** The name of the finding that says that a pod like this one is missed, whatever ails it; undefined where nothing says that. */
export function missedAs({component, namespace, node}: PodRecord): string | undefined {
	if (component === undefined) return undefined;
	if (includes(coreServices, component)) return namespace === 'kube-system' ? nameOf('core-service-down', component) : undefined;
	if (includes(keepers, component)) return nameOf('controller-down', component);
	const [network] = networkAgents.find(([, agent]) => agent === component) ?? [];
	return network && nameOf('core-service-down', `${network} on ${shownName({name: node})}`);
}
