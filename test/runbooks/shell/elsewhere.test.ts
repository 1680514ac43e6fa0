import {expect, test} from 'vitest';
import {elsewhere} from '../../../source/runbooks/shell/elsewhere.ts';

test.each([
	['kubectl --context prod get pods', 'kubectl names the context prod'],
	['kubectl --context=prod get pods', 'kubectl names the context prod'],
	['kubectl get pods --kubeconfig ~/.kube/other', 'kubectl reads its contexts from ~/.kube/other'],
	['kubectl -s https://10.9.9.9:6443 get pods', 'kubectl names the server https://10.9.9.9:6443'],
	['KUBECONFIG=/tmp/x kubectl get pods', 'sets KUBECONFIG'],
	['export KUBECONFIG=/tmp/x; kubectl get pods', 'sets KUBECONFIG'],
	['env KUBECONFIG=/tmp/x kubectl get pods', 'sets KUBECONFIG'],
	['unset KUBECONFIG', 'sets KUBECONFIG'],
	['kubectl config use-context prod', 'kubectl config use-context prod changes which cluster is talked to'],
	['kubectx prod', 'kubectx changes which cluster is talked to'],
	['helm --kube-context prod list', 'helm names the context prod'],
	['flux --context=prod get all', 'flux names the context prod'],
	['velero --kubecontext prod backup get', 'velero names the context prod'],
	['argocd --server argo.example app list', 'argocd names the server argo.example'],
	['talosctl --talosconfig ./talosconfig health', 'talosctl reads its contexts from ./talosconfig'],
	['talosctl config context prod', 'talosctl config context prod changes which cluster is talked to'],
	['TALOSCONFIG=x talosctl health', 'sets TALOSCONFIG'],
	['cilium --context prod status', 'cilium names the context prod'],
	['bash -c "kubectl --context prod get pods"', 'kubectl names the context prod'],
	['bash <<EOF\nkubectl --context prod get pods\nEOF', 'kubectl names the context prod'],
	['for c in a b; do kubectl --context "$c" get pods; done', 'kubectl names the context $c'],
	['sudo k3s kubectl --context prod get pods', 'kubectl names the context prod'],
])('%s: %s', (script, sentence) => {
	expect(elsewhere(script)).toEqual([sentence]);
});

test.each([
	'kubectl get pods -A',
	'kubectl config get-contexts',
	'kubectl exec web-0 -- mytool --context x',
	'echo --context prod',
	'NODE=nuc-2 kubectl get pods',
	'talosctl -n 10.0.0.11 health',
])('%s stays where it is', script => {
	expect(elsewhere(script)).toEqual([]);
});

test('what it names is shown without what a terminal would take for more', () => {
	expect(elsewhere('kubectl --context "\u001b[2Jprod\u202e" get pods')).toEqual(['kubectl names the context prod']);
});
