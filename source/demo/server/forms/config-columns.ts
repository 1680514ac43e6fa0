import {entries, items, name, number, type Raw} from '../../../cluster/raw.ts';
import {ageColumn, type ColumnTable, field, labelText, nameColumn, raw, wide} from './cells.ts';

/** Services, configuration and definitions. Cells as in kubernetes `pkg/printers/internalversion/printers.go`. */
export const configColumns: ColumnTable = {
	'services.': [
		nameColumn,
		field('Type', service => service.spec?.type),
		field('Cluster-IP', service => items(service.spec?.clusterIPs)[0] ?? service.spec?.clusterIP, '<none>'),
		{name: 'External-IP', of: service => externalAddress(raw(service))},
		{name: 'Port(s)', of: service => ports(raw(service))},
		ageColumn,
		wide({name: 'Selector', of: service => labelText(raw(service).spec?.selector)}),
	],
	'configmaps.': [
		nameColumn,
		{name: 'Data', of: object => entries(raw(object).data).length + entries(raw(object).binaryData).length},
		ageColumn,
	],
	'secrets.': [
		nameColumn,
		field('Type', secret => secret.type),
		{name: 'Data', of: secret => entries(raw(secret).data).length},
		ageColumn,
	],
	'serviceaccounts.': [nameColumn, ageColumn],
	'customresourcedefinitions.apiextensions.k8s.io': [
		nameColumn,
		{name: 'Created At', type: 'date', of: object => object.metadata.creationTimestamp ?? ''},
	],
};

function externalAddress(service: Raw): string {
	const fixed = items(service.spec?.externalIPs).map(name);
	const type: string = name(service.spec?.type);
	if (type === 'ExternalName') return name(service.spec?.externalName);
	if (type !== 'LoadBalancer') return fixed.join(',') || '<none>';
	const assigned = items(service.status?.loadBalancer?.ingress).map(each => name(each.ip) || name(each.hostname));
	return [...assigned, ...fixed].join(',') || '<pending>';
}

function ports(service: Raw): string {
	const texts = items(service.spec?.ports).map(({port, nodePort, protocol}) => {
		const outside = number(nodePort) ? `:${number(nodePort)}` : '';
		return `${number(port)}${outside}/${name(protocol) || 'TCP'}`;
	});
	return texts.join(',') || '<none>';
}
