package io.a2al.core.api;

/**
 * How sure a lookup makes that a record is the newest. Records are signed, so that no node can invent a version: a node
 * can only be dead, have an old version, or conceal that it has one. A record is stored at the eight nodes nearest to
 * its key. Requests are counted from where the way to these nodes is known, and without those to dead nodes; liars that
 * name nodes that do not exist add to them.
 */
public enum Freshness {
    /**
     * The version that comes first. Dead nodes, and nodes that have none or conceal it, cost time only, as long as one
     * holder is reached. One holder of an old version is enough to get that version. Costs one or two requests.
     */
    FIRST,

    /**
     * The newest version of three holders, or of those that answer within 300 ms after the first. If these disagree, or
     * if more nodes have none than have one, it asks on until the eight nearest nodes that answer have answered; the
     * timeout bounds that. Any of these that has the newest version is enough then, although nodes are dead, conceal
     * the record, or have old versions. If the record is past half of its time to live, so that it should have been
     * renewed, up to eight holders are waited for, 100 ms after the third at most. The newest is missed if the holders
     * heard until then all have the same old version. Costs four to six requests, and about ten in doubt, also if the
     * doubt is the work of liars.
     */
    NEWEST,

    /**
     * The newest version of the five nearest nodes that answer, in five networks. A version that reached four of the
     * eight nearest that answer is found whatever the others say, as any five of eight include one of any four. A node
     * that has not answered within three median round-trip times counts as dead, and the next nearest is heard instead.
     * In private and exempt networks each address counts as a network. Costs six to eight requests.
     *
     * <p>{@link LookupReport#complete()} is false if the promise was not kept: fewer nodes or networks answered, as in
     * a network of fewer than five other nodes, or the timeout ended the lookup. If the report is complete and nothing
     * was found, no record reached four of the eight.
     */
    MAJORITY
}
