package io.a2al.core;

import io.a2al.core.bounds.NetworkAssumptions;
import io.a2al.core.guard.GuardSettings;
import io.a2al.core.liveness.ConnectivitySettings;
import io.a2al.core.lookup.LookupSettings;
import io.a2al.core.membership.MembershipSettings;
import io.a2al.core.nat.NatSettings;
import io.a2al.core.publish.PublishSettings;
import io.a2al.core.push.PushSettings;
import io.a2al.core.republish.RepublishSettings;
import io.a2al.core.routing.RoutingSettings;
import io.a2al.core.rpc.RequestSettings;
import io.a2al.core.store.StoreLimits;
import io.a2al.protocol.record.RecordPolicy;
import java.util.List;
import java.util.function.Consumer;

/**
 * All numbers that a node's behaviour depends on. Each package has its own settings; this class holds one of each.
 * Immutable; thread-safe.
 */
public final class NodeSettings {

    /** What a node in the open network uses. */
    public static final NodeSettings DEFAULT = new NodeSettings(new Parts());

    /** Written only by {@link #change}, before the settings that hold it are built. */
    private static final class Parts {
        private StoreLimits store = StoreLimits.DEFAULT;
        private RecordPolicy policy = RecordPolicy.standard();
        private NetworkAssumptions assumptions = NetworkAssumptions.DEFAULT;
        private RequestSettings requests = RequestSettings.DEFAULT;
        private ConnectivitySettings connectivity = ConnectivitySettings.DEFAULT;
        private RoutingSettings routing = RoutingSettings.DEFAULT;
        private LookupSettings lookups = LookupSettings.DEFAULT;
        private MembershipSettings membership = MembershipSettings.DEFAULT;
        private PublishSettings publish = PublishSettings.DEFAULT;
        private RepublishSettings republish = RepublishSettings.DEFAULT;
        private NatSettings nat = NatSettings.DEFAULT;
        private PushSettings push = PushSettings.DEFAULT;
        private GuardSettings guard = GuardSettings.DEFAULT;
        private boolean durable;

        private Parts copy() {
            Parts copy = new Parts();
            copy.store = store;
            copy.policy = policy;
            copy.assumptions = assumptions;
            copy.requests = requests;
            copy.connectivity = connectivity;
            copy.routing = routing;
            copy.lookups = lookups;
            copy.membership = membership;
            copy.publish = publish;
            copy.republish = republish;
            copy.nat = nat;
            copy.push = push;
            copy.guard = guard;
            copy.durable = durable;
            return copy;
        }

        private List<Object> all() {
            return List.of(
                    store,
                    policy,
                    assumptions,
                    requests,
                    connectivity,
                    routing,
                    lookups,
                    membership,
                    publish,
                    republish,
                    nat,
                    push,
                    guard,
                    durable);
        }
    }

    private final Parts parts;

    private NodeSettings(Parts parts) {
        this.parts = parts;
    }

    private NodeSettings change(Consumer<Parts> change) {
        Parts changed = parts.copy();
        change.accept(changed);
        return new NodeSettings(changed);
    }

    /** Returns the limits of the store. */
    public StoreLimits store() {
        return parts.store;
    }

    /** Returns the policy of records permitted at a key; applied by the store and to everything read. */
    public RecordPolicy policy() {
        return parts.policy;
    }

    /** Returns what is taken for granted about answers and networks. */
    public NetworkAssumptions assumptions() {
        return parts.assumptions;
    }

    /** Returns how single requests are made. */
    public RequestSettings requests() {
        return parts.requests;
    }

    /** Returns when our own network is suspected to be down. */
    public ConnectivitySettings connectivity() {
        return parts.connectivity;
    }

    /** Returns how contacts are verified and remembered. */
    public RoutingSettings routing() {
        return parts.routing;
    }

    /** Returns how lookups proceed. */
    public LookupSettings lookups() {
        return parts.lookups;
    }

    /** Returns how the node joins the network and stays part of it. */
    public MembershipSettings membership() {
        return parts.membership;
    }

    /** Returns how records published here are kept alive. */
    public PublishSettings publish() {
        return parts.publish;
    }

    /** Returns how records that other nodes published are kept in the network. */
    public RepublishSettings republish() {
        return parts.republish;
    }

    /** Returns how the node finds out how the network sees it. */
    public NatSettings nat() {
        return parts.nat;
    }

    /** Returns the settings of subscriptions, both sides. */
    public PushSettings push() {
        return parts.push;
    }

    /** Returns how the node protects itself and other nodes. */
    public GuardSettings guard() {
        return parts.guard;
    }

    /** Returns whether the node raises an effect for each change of its store, so that the shell keeps it on disk. */
    public boolean isDurable() {
        return parts.durable;
    }

    /** Returns these settings with an effect for each change of the store. */
    public NodeSettings withDurability() {
        return change(copy -> copy.durable = true);
    }

    /** Returns these settings with other limits of the store. */
    public NodeSettings withStore(StoreLimits other) {
        return change(copy -> copy.store = other);
    }

    /** Returns these settings with another record policy. */
    public NodeSettings withPolicy(RecordPolicy other) {
        return change(copy -> copy.policy = other);
    }

    /** Returns these settings with requests made in another way. */
    public NodeSettings withRequests(RequestSettings other) {
        return change(copy -> copy.requests = other);
    }

    /** Returns these settings with contacts verified and remembered in another way. */
    public NodeSettings withRouting(RoutingSettings other) {
        return change(copy -> copy.routing = other);
    }

    /** Returns these settings with other lookups. */
    public NodeSettings withLookups(LookupSettings other) {
        return change(copy -> copy.lookups = other);
    }

    /** Returns these settings with another way to join the network and to stay part of it. */
    public NodeSettings withMembership(MembershipSettings other) {
        return change(copy -> copy.membership = other);
    }

    /** Returns these settings with records kept alive in another way. */
    public NodeSettings withPublish(PublishSettings other) {
        return change(copy -> copy.publish = other);
    }

    /** Returns these settings with records of other nodes republished in another way. */
    public NodeSettings withRepublish(RepublishSettings other) {
        return change(copy -> copy.republish = other);
    }

    /** Returns these settings with another way to find out how the network sees the node. */
    public NodeSettings withNat(NatSettings other) {
        return change(copy -> copy.nat = other);
    }

    /** Returns these settings with other subscriptions. */
    public NodeSettings withPush(PushSettings other) {
        return change(copy -> copy.push = other);
    }

    /** Returns these settings with another protection. */
    public NodeSettings withGuard(GuardSettings other) {
        return change(copy -> copy.guard = other);
    }

    /**
     * Returns these settings for a network of private addresses, which may have many nodes in one subnet and no public
     * addresses.
     */
    public NodeSettings forPrivateNetwork() {
        return withNat(nat().forPrivateNetwork()).withGuard(guard().forPrivateNetwork());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NodeSettings settings && parts.all().equals(settings.parts.all());
    }

    @Override
    public int hashCode() {
        return parts.all().hashCode();
    }

    /** Returns all parts, in no format to rely on. */
    @Override
    public String toString() {
        return "NodeSettings" + parts.all();
    }
}
