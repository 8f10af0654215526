package io.shardquake.checkers.history;

/**
 * The start of an operation.
 *
 * @param index position among all events of the history, from 0, unique
 * @param timeNanos since the start of the run
 * @param process the logical single-threaded client; at least 0
 * @param function what it does ({@code read}, {@code write}, {@code cas}, …)
 * @param key the object it acts on; {@link Value#nil()} where a history has one object only
 * @param value its argument; {@link Value#nil()} where there is none
 */
public record Invocation(
    long index, long timeNanos, int process, String function, Value key, Value value) {}
