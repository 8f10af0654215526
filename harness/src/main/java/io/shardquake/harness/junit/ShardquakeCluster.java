package io.shardquake.harness.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Starts a Redis Cluster for the tests of a class, its nested classes included, or for each test by
 * itself. Test methods may take a {@link ChaosCluster}, a {@link Chaos} and a {@link Traffic}.
 *
 * <p>A cluster that tests share is healed after each of them, and replaced if it does not become
 * whole. What was recorded is kept when a test fails, below {@code target/shardquake} or the
 * directory that the configuration parameter {@code shardquake.artefacts} names.
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ShardquakeExtension.class)
public @interface ShardquakeCluster {
  /** Number of masters, at least 3. */
  int masters() default 3;

  /** Replicas of each master. */
  int replicas() default 1;

  /** {@code reference}, the bundled nodes, or {@code redis}, a redis-server executable. */
  String target() default "reference";

  /** The executable; empty to find {@code redis-server} on the PATH, or take the bundled one. */
  String server() default "";

  /** {@code cluster-node-timeout} in milliseconds, at least 100. */
  long nodeTimeoutMillis() default 2000;

  /** Further lines for each node's configuration. */
  String[] directives() default {};

  /**
   * Defects that reference nodes shall have, as {@code shardquake node --list-defects} names them:
   * to see that a test would find them.
   */
  String[] defects() default {};

  /** Who gets a cluster of its own. */
  Lifecycle lifecycle() default Lifecycle.PER_CLASS;

  /** How long a cluster lives. */
  enum Lifecycle {
    /** As long as the tests of the class and of its nested classes. */
    PER_CLASS,
    /** As long as one test. */
    PER_METHOD
  }
}
