package io.shardquake.harness.target;

import java.nio.file.Path;

/**
 * A server executable that was found and asked what it is.
 *
 * @param path absolute
 */
record ServerExecutable(Path path, ServerVersion version, ServerDescription description) {}
