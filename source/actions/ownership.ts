import {flag, items, name, type Raw, text} from '../cluster/raw.ts';
import {safeText} from '../cluster/safe-text.ts';
import {own, type SafeText, say} from '../vocabulary.ts';
import {join} from '../words.ts';

/** Who manages an object, and what becomes of what others change about it. */
export type Owner = {readonly by: SafeText; readonly reverts: SafeText};

type Recognise = (metadata: Raw) => Owner | undefined;

/** `namespace/name` out of metadata, to be shown; the bare name where no namespace is given. */
const path = (namespace: Raw | undefined, of: Raw | undefined): SafeText => join([text(namespace, 63), text(of, 253)], '/');

const wrote = ({managedFields}: Raw, manager: string): boolean =>
	items(managedFields).some(field => name(field.manager) === manager);

const flux: Recognise = metadata => {
	const {labels, annotations} = metadata;
	const named = labels?.['kustomize.toolkit.fluxcd.io/name'];
	if (named === undefined && !wrote(metadata, 'kustomize-controller')) return undefined;
	const of = path(labels?.['kustomize.toolkit.fluxcd.io/namespace'], named);
	const by = join([own('Flux Kustomization'), of], ' ');
	const isLeftAlone = name(annotations?.['kustomize.toolkit.fluxcd.io/reconcile']) === 'disabled';
	return {by, reverts: isLeftAlone ? own('Flux is told to leave it alone') : own('Flux puts it back when it reconciles next')};
};

const fluxHelm: Recognise = metadata => {
	const {labels} = metadata;
	const named = labels?.['helm.toolkit.fluxcd.io/name'];
	if (named === undefined && !wrote(metadata, 'helm-controller')) return undefined;
	const of = path(labels?.['helm.toolkit.fluxcd.io/namespace'], named);
	return {
		by: join([own('Flux HelmRelease'), of], ' '),
		reverts: own('Flux puts it back with the next upgrade, or within its interval where drift is corrected'),
	};
};

/** `app:group/Kind:namespace/name`; by labels where Argo CD is told to track by them. */
const argo: Recognise = metadata => {
	const {labels, annotations} = metadata;
	const [tracked = ''] = text(annotations?.['argocd.argoproj.io/tracking-id'], 512).split(':');
	const labelled = labels?.['argocd.argoproj.io/instance'];
	const isWritten = wrote(metadata, 'argocd-controller');
	if (tracked === '' && labelled === undefined && !isWritten) return undefined;
	const app = safeText(tracked) || text(labelled ?? labels?.['app.kubernetes.io/instance'], 253);
	return {
		by: join([own('Argo CD application'), app], ' '),
		reverts: own('Argo CD puts it back at once where it heals by itself, else with the next sync'),
	};
};

const talos: Recognise = ({annotations}) => {
	if (annotations?.['talos.dev/cordoned'] !== undefined)
		return {by: own('Talos'), reverts: own('Talos takes its cordon back itself when its upgrade or reboot is over')};
	const owned = ['labels', 'annotations', 'taints'].filter(part => !isEmpty(annotations?.[`talos.dev/owned-${part}`]));
	if (owned.length === 0) return undefined;
	return {
		by: own('the machine configuration of Talos'),
		reverts: say`Talos puts back at once what ${own(owned.join(' and '))} it sets itself; a cordon it leaves`,
	};
};

/** The value is a JSON list in a string. */
const isEmpty = (list: Raw | undefined): boolean => /^(\s*\[\s*\]\s*|null|)$/.test(name(list));

const upgrades: Recognise = metadata => {
	const plan = text(metadata.labels?.['upgrade.cattle.io/plan'], 253);
	if (plan === '' && !wrote(metadata, 'system-upgrade-controller')) return undefined;
	return {
		by: join([own('system-upgrade-controller'), plan === '' ? undefined : say`for plan ${plan}`], ' '),
		reverts: own('it is changed again while its plan is applied'),
	};
};

/** What k3s deploys out of its manifests directory. */
const addon: Recognise = ({annotations}) => {
	const of = annotations?.['objectset.rio.cattle.io/owner-name'];
	if (of === undefined || !name(annotations?.['objectset.rio.cattle.io/owner-gvk']).includes('k3s.cattle.io')) return undefined;
	return {
		by: say`k3s addon ${text(of, 253)}`,
		reverts: own('k3s puts it back when it starts, or when the manifest on a server changes'),
	};
};

const controller: Recognise = ({ownerReferences}) => {
	const owner = items(ownerReferences).find(reference => flag(reference.controller));
	if (owner === undefined) return undefined;
	const by = say`${text(owner.kind, 63)} ${text(owner.name, 253)}`;
	return {by, reverts: own('its controller puts it back when it looks next')};
};

const helm: Recognise = ({labels, annotations}) => {
	const release = annotations?.['meta.helm.sh/release-name'];
	if (release === undefined && name(labels?.['app.kubernetes.io/managed-by']) !== 'Helm') return undefined;
	const of = path(annotations?.['meta.helm.sh/release-namespace'], release);
	return {by: join([own('Helm release'), of], ' '), reverts: own('the next helm upgrade puts it back to what the chart says')};
};

/** Nearest to the object first: who deploys with Helm through Flux or Argo CD is told by them. */
const recognisers: readonly Recognise[] = [flux, fluxHelm, argo, talos, upgrades, addon, controller, helm];

/**
 * Who manages an object, by its untrusted `metadata`, and that they will put back what others change, and when, as far as
 * that is known; undefined where nobody is known to.
 */
export function ownerOf(metadata: Raw): Owner | undefined {
	for (const recognise of recognisers) {
		const owner = recognise(metadata);
		if (owner !== undefined) return owner;
	}
	return undefined;
}
