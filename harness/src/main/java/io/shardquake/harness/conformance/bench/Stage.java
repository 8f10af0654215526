package io.shardquake.harness.conformance.bench;

import io.shardquake.harness.target.ClusterOptions.Wiring;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What cluster a test, or all tests of a class, want. Without it: three masters, three replicas.
 */
@Inherited
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Stage {
  int masters() default 3;

  int replicas() default 1;

  /** Whether links are to be cut. */
  Wiring wiring() default Wiring.DIRECT;

  /** Whether the cluster is of no use to others afterwards. */
  boolean ruined() default false;
}
