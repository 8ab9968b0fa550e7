package io.a2al.http.agents;

import io.a2al.protocol.Bytes;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks programs on this machine over HTTP/1.1: follows no redirects, which could lead elsewhere, uses no proxy, and
 * keeps no connection. An answer is bounded in time and length. Immutable and thread-safe.
 *
 * @param limit how long connecting, asking and the whole answer may take together
 * @param mostBytes of an answer's body; the rest is not read
 */
record ServiceClient(Duration limit, int mostBytes) {

    /** What belongs to one connection (RFC 9110, section 7.6.1), or follows from the request. */
    private static final Set<String> NOT_PASSED_ON = Set.of(
            "connection",
            "content-length",
            "expect",
            "host",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    /** A request, whatever it is. */
    record Question(String method, String path, Map<String, List<String>> headers, Bytes body) {}

    /** The answer of a program; {@code isCut} if its body is longer than what is here. */
    record Answer(int status, Map<String, List<String>> headers, Bytes body, boolean isCut) {}

    private record Content(Bytes bytes, boolean isCut) {}

    /**
     * Asks at the first address where a program accepts connections.
     *
     * @throws IllegalArgumentException if that is no request; nothing was sent
     * @throws IOException if there is no answer in time
     */
    Answer ask(String scheme, List<InetSocketAddress> addresses, Question question)
            throws IOException, InterruptedException {
        ConnectException refused = new ConnectException("no address");
        for (InetSocketAddress address : addresses) {
            try {
                return ask(uri(scheme, address, question.path()), question);
            } catch (ConnectException e) {
                refused = e;
            }
        }
        throw refused;
    }

    private static URI uri(String scheme, InetSocketAddress address, String path) {
        String host = address.getAddress().getHostAddress();
        String authority = (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
        return URI.create(scheme + "://" + authority + path);
    }

    private Answer ask(URI uri, Question question) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .method(
                        question.method(),
                        BodyPublishers.ofByteArray(question.body().toArray()));
        question.headers().forEach((name, values) -> {
            if (!NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
        try {
            return await(client.sendAsync(request.build(), _ -> new Bounded(mostBytes)));
        } finally {
            client.shutdownNow();
        }
    }

    private Answer await(CompletableFuture<HttpResponse<Content>> answer) throws IOException, InterruptedException {
        try {
            HttpResponse<Content> response = answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(
                    response.statusCode(),
                    response.headers().map(),
                    response.body().bytes(),
                    response.body().isCut());
        } catch (TimeoutException e) {
            throw new IOException("no whole answer within " + limit.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ConnectException refused) {
                throw refused;
            }
            throw new IOException(String.valueOf(e.getCause()), e);
        }
    }

    /** Collects a body up to a length, and wants no more then. */
    private static final class Bounded implements BodySubscriber<Content> {

        private final int most;
        private final CompletableFuture<Content> whole = new CompletableFuture<>();
        private final List<byte[]> parts = new ArrayList<>();
        private int length;
        private Flow.Subscription source = NONE;

        private static final Flow.Subscription NONE = new Flow.Subscription() {
            @Override
            public void request(long count) {
                // There is nothing yet.
            }

            @Override
            public void cancel() {
                // Likewise.
            }
        };

        Bounded(int most) {
            this.most = most;
        }

        @Override
        public CompletionStage<Content> getBody() {
            return whole;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            source = subscription;
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer buffer : buffers) {
                byte[] part = new byte[Math.min(buffer.remaining(), most - length)];
                buffer.get(part);
                parts.add(part);
                length += part.length;
                if (buffer.hasRemaining()) {
                    source.cancel();
                    finish(true);
                    return;
                }
            }
        }

        @Override
        public void onError(Throwable failure) {
            whole.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            finish(false);
        }

        private void finish(boolean isCut) {
            if (!whole.isDone()) {
                ByteBuffer all = ByteBuffer.allocate(length);
                parts.forEach(all::put);
                whole.complete(new Content(Bytes.copyOf(all.array()), isCut));
            }
        }
    }
}
