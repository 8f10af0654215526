package io.shardquake.workloads.generator;

import io.shardquake.checkers.history.Value;

/**
 * An operation that a generator asks for, before a process and a time are given to it.
 *
 * @param function what it does ({@code read}, {@code write}, {@code cas}, …)
 * @param key the object it acts on
 * @param value its argument; {@link Value#nil()} where there is none
 */
public record Request(String function, Value key, Value value) {}
