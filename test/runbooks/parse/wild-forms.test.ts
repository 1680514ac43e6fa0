import {expect, test} from 'vitest';
import {doing, fixture, stepsOf} from './told.ts';

const tools = 'kubectl exec -n rook-ceph deploy/rook-ceph-tools --';

test('a file of several alerts is taken apart into a runbook each', () => {
	const {parsed} = fixture('ceph-cluster.md');
	expect(parsed.runbooks.map(({id, alerts, severity}) => ({id, alerts, severity}))).toEqual([
		{id: 'ceph-cluster#CephClusterHealthWarning', alerts: ['CephClusterHealthWarning'], severity: 'Warning'},
		{id: 'ceph-cluster#CephOSDDown', alerts: ['CephOSDDown'], severity: 'critical'},
		{id: 'ceph-cluster', alerts: [], severity: ''},
	]);
	expect(parsed.runbooks.map(({phases}) => phases.map(({kind}) => kind))).toEqual([
		['other', 'diagnosis', 'causes', 'mitigation'],
		['other', 'diagnosis', 'causes', 'mitigation'],
		['other', 'other'],
	]);
});

test('every command of the alerts in one file is found, and nothing else', () => {
	const {parsed} = fixture('ceph-cluster.md');
	expect(stepsOf(parsed).map(doing)).toEqual([
		`${tools} ceph status`,
		`${tools} ceph health detail\n${tools} ceph osd tree`,
		'kubectl logs -n rook-ceph deploy/rook-ceph-operator --tail=100',
		'kubectl get pods -n rook-ceph -l app=rook-ceph-operator',
		'by hand',
		'by hand',
		`${tools} ceph df`,
		'ssh <node> systemctl restart chronyd',
		`${tools} ceph osd reweight-by-utilization`,
		`${tools} ceph osd tree down\nkubectl -n rook-ceph get pods -l app=rook-ceph-osd \\\n  -o wide`,
		`kubectl -n rook-ceph logs "deploy/rook-ceph-osd-\${OSD_ID}" --previous --tail=50`,
		'OSD=1\nkubectl -n rook-ceph rollout restart "deploy/rook-ceph-osd-$OSD"',
		[
			'# only after the data is safe elsewhere',
			'kubectl -n rook-ceph exec deploy/rook-ceph-tools -- ceph osd safe-to-destroy "$OSD_ID" &&',
			'  kubectl -n rook-ceph exec deploy/rook-ceph-tools -- ceph osd purge "$OSD_ID" --yes-i-really-mean-it',
		].join('\n'),
	]);
	const toEdit = stepsOf(parsed).filter(step => step.toEdit !== undefined);
	expect(toEdit.map(({toEdit: why}) => why)).toEqual(['<node> would be taken for code by ssh; put the value in yourself']);
});

test('what a command printed is kept as such', () => {
	const {parsed} = fixture('ceph-cluster.md');
	const step = stepsOf(parsed).find(({title}) => title === 'Which OSD, and on which host?');
	expect(step?.doing).toMatchObject({class: 'reading', output: expect.stringMatching(/^ID {2}CLASS[\s\S]*CrashLoopBackOff$/)});
});

test('every command of an upstream runbook is found, and nothing else', () => {
	const {parsed} = fixture('KubeNodeUnreachable.md');
	expect(parsed.runbooks).toMatchObject([{id: 'KubeNodeUnreachable', alerts: ['KubeNodeUnreachable']}]);
	expect(parsed.runbooks[0]?.phases.map(({kind}) => kind)).toEqual(['other', 'meaning', 'impact', 'diagnosis', 'mitigation']);
	expect(stepsOf(parsed).map(doing)).toEqual([
		'kubectl get nodes',
		'kubectl describe node "$NODE_NAME"',
		'journalctl -u kubelet --since "10 min ago" | tail\ndf -h /var/lib/kubelet',
		'kubectl get pods -A -o wide --field-selector spec.nodeName="$NODE"',
		'mount -a\nsystemctl restart kubelet',
		'kubectl cordon "$NODE_NAME"\nkubectl drain "$NODE_NAME" --ignore-daemonsets --delete-emptydir-data',
	]);
	expect(parsed.runbooks[0]?.parameters.map(({name, type, about}) => [name, type, about])).toEqual([
		['NODE_NAME', 'node', 'stands for <node-name>'],
		['NODE', 'node', 'stands for {{ $labels.node }}'],
	]);
	expect(parsed.oddities.map(({line}) => line)).toEqual([43, 58, 79]);
});

test('every command below nested lists, quotations and here-documents is found, and nothing else', () => {
	const {parsed} = fixture('postgres-failover.md');
	expect(parsed.runbooks).toMatchObject([
		{
			id: 'postgres-failover',
			title: 'PostgreSQL failover',
			alerts: ['PGDown', 'PGReplicationLag'],
			severity: 'page',
			parameters: [
				{name: 'NAMESPACE', type: 'namespace', default: 'databases', about: 'where the cluster lives'},
				{name: 'CLUSTER', pattern: '[a-z][a-z0-9-]*'},
			],
		},
	]);
	expect(parsed.runbooks[0]?.phases.map(({kind}) => kind)).toEqual([
		'other',
		'preparation',
		'diagnosis',
		'mitigation',
		'verification',
	]);
	expect(stepsOf(parsed).map(doing)).toEqual([
		'kubectl -n databases get clusters.postgresql.cnpg.io',
		'kubectl auth can-i get pods -n "$NAMESPACE"',
		'kubectl -n "$NAMESPACE" get cluster "$CLUSTER" \\\n  -o jsonpath=\'{.status.currentPrimary}\'',
		[
			'for pod in $(kubectl -n "$NAMESPACE" get pods -l "cnpg.io/cluster=$CLUSTER" -o name); do',
			'  echo "== $pod"',
			'  kubectl -n "$NAMESPACE" exec "$pod" -c postgres -- psql -tAc \'select pg_is_in_recovery()\'',
			'done',
		].join('\n'),
		[
			'kubectl -n "$NAMESPACE" exec "$CLUSTER-1" -c postgres -- psql <<\'SQL\'',
			'select application_name, replay_lag from pg_stat_replication;',
			'SQL',
		].join('\n'),
		'by hand',
		'kubectl cnpg promote "$CLUSTER" "$CLUSTER-2" -n "$NAMESPACE"',
		[
			'cat > /tmp/note.txt <<EOF',
			'cluster: $CLUSTER',
			'',
			'by: $USER',
			'EOF',
			'kubectl -n "$NAMESPACE" create configmap "failover-$CLUSTER" --from-file=/tmp/note.txt',
		].join('\n'),
		'wait time',
		'midwatch backup postgres\nmidwatch check',
		'wait condition',
		'kubectl -n "$NAMESPACE" exec "$CLUSTER-2" -c postgres -- \\\n  psql -tAc \'select count(*) from pg_stat_replication\'',
	]);
});
