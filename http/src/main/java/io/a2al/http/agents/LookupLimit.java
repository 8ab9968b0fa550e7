package io.a2al.http.agents;

import io.a2al.http.route.ApiException;
import io.a2al.http.route.ErrorCode;
import io.a2al.http.route.Router;
import java.util.concurrent.Semaphore;

/** Limits how many requests wait for the network, or for programs, at a time. Thread-safe. */
final class LookupLimit {

    private static final String RETRY_AFTER = "1";

    private final int most;
    private final Semaphore places;

    LookupLimit(int most) {
        this.most = most;
        this.places = new Semaphore(most);
    }

    /** Returns an action that is refused at the limit. */
    Router.Action around(Router.Action action) {
        return request -> {
            if (!places.tryAcquire()) {
                throw ApiException.of(
                                ErrorCode.TOO_MANY,
                                most + " requests like this are under way, which is the limit; repeat later")
                        .withHeader("Retry-After", RETRY_AFTER);
            }
            try {
                return action.answer(request);
            } finally {
                places.release();
            }
        };
    }
}
