package io.a2al.sim.network;

import io.a2al.sim.engine.Stream;

/**
 * Where a host is, in synthetic coordinates: a point in a plane, in milliseconds, and a height above it, which every
 * datagram has to climb down and up again. Dabek, Cox, Kaashoek and Morris, "Vivaldi: A Decentralized Network
 * Coordinate System" (SIGCOMM 2004) show that such coordinates give the round-trip times of 1740 hosts of the internet
 * with a median error of 11 %. Hosts here are spread evenly over a disc, and heights are log-normal; the numbers are
 * chosen so that the median round-trip time is about 80 ms, near the 76 ms that they measured between PlanetLab hosts,
 * and one in a hundred is beyond 250 ms.
 *
 * @param x milliseconds
 * @param y milliseconds
 * @param height milliseconds
 */
public record Place(double x, double y, double height) {

    private static final double RADIUS = 65;
    private static final double MEDIAN_HEIGHT = 6;
    private static final double HEIGHT_SIGMA = 1.2;

    /** A place drawn from the next numbers of {@code stream}. */
    public static Place draw(Stream stream) {
        double radius = RADIUS * StrictMath.sqrt(stream.nextUnit());
        double angle = 2 * StrictMath.PI * stream.nextUnit();
        double height = stream.nextLogNormal(MEDIAN_HEIGHT, HEIGHT_SIGMA);
        return new Place(radius * StrictMath.cos(angle), radius * StrictMath.sin(angle), height);
    }

    /** Milliseconds from here to there and back, without jitter. */
    public double roundTripTo(Place other) {
        double dx = x - other.x;
        double dy = y - other.y;
        return StrictMath.sqrt(dx * dx + dy * dy) + height + other.height;
    }
}
