package io.a2al.dht;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.dht.result.NodeClosedException;
import io.a2al.dht.transport.MemoryNetwork;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.RecordPayload;
import io.a2al.protocol.record.RecordVerifier;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.TopicFilter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Walks all public methods of the node and its facets by reflection, so that a new one is covered from the start. */
@Timeout(60)
class DhtApiTest {

    private static final InetSocketAddress ELSEWHERE = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 9);
    private static final Address ADDRESS = TestNodes.identity("api").address();

    /** An argument that every method with a parameter of its type accepts; lists are empty. */
    private static final Map<Class<?>, Object> ACCEPTED = samples();

    private static Map<Class<?>, Object> samples() {
        Map<Class<?>, Object> samples = new HashMap<>();
        Agent agent = Agent.self(TestNodes.identity("api"));
        EndpointPayload payload = EndpointPayload.of(List.of("quic://203.0.113.7:4121"));
        samples.put(Address.class, ADDRESS);
        samples.put(Agent.class, agent);
        samples.put(Bytes.class, Bytes.EMPTY);
        samples.put(Consumer.class, (Consumer<Object>) ignored -> {});
        samples.put(Contact.class, Contact.of(ADDRESS, Endpoint.of(new byte[] {(byte) 203, 0, 113, 7}, 4121)));
        samples.put(Duration.class, Duration.ofSeconds(1));
        samples.put(InetAddress.class, ELSEWHERE.getAddress());
        samples.put(InetSocketAddress.class, ELSEWHERE);
        samples.put(List.class, List.of());
        samples.put(NodeId.class, NodeId.ofAddress(ADDRESS));
        samples.put(RecordPayload.class, payload);
        samples.put(SignedRecord.class, signed(agent, payload));
        samples.put(String.class, "topic");
        samples.put(TopicFilter.class, TopicFilter.ALL);
        samples.put(int.class, 1);
        samples.put(long.class, 1L);
        return samples;
    }

    private static SignedRecord signed(Agent agent, EndpointPayload payload) {
        try {
            return agent.newSigner().sign(payload, 1, System.currentTimeMillis() / 1000, 3600);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** One method of the node or of a facet. */
    private record Call(Class<?> type, Object target, Method method) {

        Object with(@Nullable Object... arguments) throws Throwable {
            try {
                return method.invoke(target, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }

        Object[] acceptedArguments() {
            return Arrays.stream(method.getParameterTypes())
                    .map(DhtApiTest::accepted)
                    .toArray();
        }

        @Override
        public String toString() {
            return type.getSimpleName() + "." + method.getName() + Arrays.toString(method.getParameterTypes());
        }
    }

    private static Object accepted(Class<?> type) {
        return Optional.ofNullable(ACCEPTED.get(type))
                .orElseThrow(() -> new AssertionError("no sample of " + type + "; add one to this test"));
    }

    private static DhtNode newNode() throws Exception {
        return DhtNode.builder()
                .identity(TestNodes.identity("api"))
                .transport(new MemoryNetwork().newTransport())
                .build()
                .start();
    }

    private static List<Call> callsOf(DhtNode node) {
        List<Call> calls = new ArrayList<>();
        addCalls(calls, DhtNode.class, node);
        addCalls(calls, Query.class, node.query());
        addCalls(calls, PeerRpc.class, node.rpc());
        addCalls(calls, Peers.class, node.peers());
        addCalls(calls, Nat.class, node.nat());
        addCalls(calls, LocalStore.class, node.store());
        addCalls(calls, Publications.class, node.publications());
        return calls;
    }

    private static void addCalls(List<Call> calls, Class<?> type, Object target) {
        Arrays.stream(type.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .forEach(method -> calls.add(new Call(type, target, method)));
    }

    @Test
    void afterCloseEveryAsyncMethodReturnsAFailedFuture() throws Throwable {
        DhtNode node = newNode();
        node.close();
        List<Call> asynchronous = callsOf(node).stream()
                .filter(call -> call.method().getName().endsWith("Async"))
                .toList();

        assertThat(asynchronous).hasSizeGreaterThan(20);
        for (Call call : asynchronous) {
            CompletableFuture<?> future = (CompletableFuture<?>) call.with(call.acceptedArguments());
            assertThat(future).as(call.toString()).isCompletedExceptionally();
            assertThatThrownBy(future::get)
                    .as(call.toString())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(NodeClosedException.class);
        }
    }

    @Test
    void afterCloseEveryWaitingMethodThrows() throws Throwable {
        DhtNode node = newNode();
        node.close();
        List<Call> waiting = callsOf(node).stream()
                .filter(call -> List.of(call.method().getExceptionTypes()).contains(InterruptedException.class)
                        || call.method().getName().startsWith("listen"))
                .toList();

        assertThat(waiting).hasSizeGreaterThan(20);
        for (Call call : waiting) {
            assertThatThrownBy(() -> call.with(call.acceptedArguments()))
                    .as(call.toString())
                    .isInstanceOf(NodeClosedException.class);
        }
        node.networkChanged();
    }

    @Test
    void everyNullArgumentIsRefusedAtOnce() throws Throwable {
        try (DhtNode node = newNode()) {
            int refused = 0;
            for (Call call : callsOf(node)) {
                refused += refusesNulls(call);
            }
            assertThat(refused).isGreaterThan(60);
            assertThat(node.traffic().sent()).as("nothing was sent").isZero();
            assertThat(node.statistics().push().listeners().used()).isZero();
        }
    }

    @Test
    void everyNullArgumentOfTheBuilderIsRefusedAtOnce() throws Throwable {
        List<Call> calls = new ArrayList<>();
        addCalls(calls, DhtNodeBuilder.class, DhtNode.builder());
        int refused = 0;
        for (Call call : calls) {
            if (call.method().getDeclaringClass() == DhtNodeBuilder.class
                    && call.method().getParameterCount() == 1) {
                refused += refusesNulls(call);
            }
        }
        assertThat(refused).isGreaterThan(12);
    }

    /** Returns how many parameters there were that can be null. */
    private static int refusesNulls(Call call) {
        Parameter[] parameters = call.method().getParameters();
        int refused = 0;
        for (int i = 0; i < parameters.length; i++) {
            if (parameters[i].getType().isPrimitive()) {
                continue;
            }
            @Nullable
            Object[] arguments = call.method().getParameterCount() == 1 ? new Object[1] : call.acceptedArguments();
            arguments[i] = null;
            assertThatThrownBy(() -> call.with(arguments))
                    .as("%s with null for %s", call, parameters[i])
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage(parameters[i].getName());
            refused++;
        }
        return refused;
    }

    @Test
    void aListWithoutAnElementIsRefusedAtOnce() throws Throwable {
        try (DhtNode node = newNode()) {
            assertThatThrownBy(() -> node.bootstrapAsync(Arrays.asList(ELSEWHERE, null)))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage("seeds has a null element");
            assertThatThrownBy(() -> node.bootstrapThroughAsync(Arrays.asList((Contact) null)))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage("seeds has a null element");
        }
    }

    @Test
    @SuppressWarnings("FutureReturnValueIgnored") // Each call throws before there is a future.
    void whatIsOutOfRangeIsRefusedWithItsValueAndTheRemedy() throws Throwable {
        try (DhtNode node = newNode()) {
            assertRefused(
                    () -> node.pingAsync(ELSEWHERE, Duration.ZERO),
                    "timeout: PT0S; give more than zero and at most PT24H");
            assertRefused(
                    () -> node.rpc().withTimeout(Duration.ofDays(2)),
                    "timeout: PT48H; give more than zero and at most PT24H");
            assertRefused(() -> node.query().withStagger(Duration.ofDays(2)), "stagger: PT48H; give at most PT24H");
            assertRefused(
                    () -> node.query().aggregateAsync(NodeId.ZERO, -1),
                    "record type: -1; give 0 to 255, where 0 stands for any type");
            assertRefused(
                    () -> node.listen(NodeId.ZERO, 256, record -> {}),
                    "record type: 256; give 0 to 255, where 0 stands for any type");
            assertRefused(() -> node.sendMailAsync(ADDRESS, 256, Bytes.EMPTY), "type of a note: 256; give 0 to 255");
            assertRefused(
                    () -> node.pingAsync(InetSocketAddress.createUnresolved("no.such.host", 1)),
                    "cannot resolve host \"no.such.host\"; check the name or give an IP address");
            for (ThrowingCall call : List.<ThrowingCall>of(
                    () -> node.pingAsync(new InetSocketAddress(ELSEWHERE.getAddress(), 0)),
                    () -> node.bootstrapAsync(List.of(new InetSocketAddress(ELSEWHERE.getAddress(), 0))),
                    () -> DhtNode.builder().seeds(List.of(new InetSocketAddress(ELSEWHERE.getAddress(), 0))))) {
                assertRefused(
                        call,
                        "no node can be at 127.0.0.1:0; port 0 stands for any; give the port that the node listens on");
            }
            assertRefused(() -> DhtNode.builder().threads(0), "threads of a node: 0; give at least 1");
            assertThat(node.peers().best(-1)).isEmpty();
        }
    }

    private static void assertRefused(ThrowingCall call, String message) {
        assertThatThrownBy(call::make)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private interface ThrowingCall {
        Object make() throws Exception;
    }

    /** An application that fakes a node has to return these, so it must be able to make them. */
    @Test
    void allThatANodeReturnsCanBeMadeByAnApplication() {
        Set<Class<?>> returned = new LinkedHashSet<>();
        for (Class<?> type : List.of(
                DhtNode.class,
                Query.class,
                PeerRpc.class,
                Peers.class,
                Nat.class,
                LocalStore.class,
                Publications.class,
                Publication.class,
                Subscription.class)) {
            for (Method method : type.getMethods()) {
                if (!Modifier.isStatic(method.getModifiers())) {
                    collect(method.getGenericReturnType(), returned);
                }
            }
        }
        assertThat(returned).contains(DhtNode.class, Publication.class, Agent.class, SignedRecord.class);
        assertThat(returned).allMatch(DhtApiTest::canBeMade, "can be made");
    }

    /** Adds the type, its type arguments, and what records and sealed interfaces consist of. */
    private static void collect(Type type, Set<Class<?>> into) {
        if (type instanceof ParameterizedType generic) {
            collect(generic.getRawType(), into);
            Stream.of(generic.getActualTypeArguments()).forEach(argument -> collect(argument, into));
        }
        if (!(type instanceof Class<?> found) || !found.getName().startsWith("io.a2al") || !into.add(found)) {
            return;
        }
        if (found.isSealed()) {
            Stream.of(found.getPermittedSubclasses()).forEach(permitted -> collect(permitted, into));
        }
        if (found.isRecord()) {
            for (RecordComponent component : found.getRecordComponents()) {
                collect(component.getGenericType(), into);
            }
        }
    }

    private static boolean canBeMade(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && (type.isInterface()
                        || type.isEnum()
                        || type.getConstructors().length > 0
                        || Stream.of(type.getMethods())
                                .anyMatch(method ->
                                        Modifier.isStatic(method.getModifiers()) && method.getReturnType() == type)
                        || isMadeByVerifying(type));
    }

    /** The only door to a verified record is its verifier, which is public. */
    private static boolean isMadeByVerifying(Class<?> type) {
        return Stream.of(RecordVerifier.class.getMethods()).anyMatch(method -> method.getReturnType() == type);
    }
}
