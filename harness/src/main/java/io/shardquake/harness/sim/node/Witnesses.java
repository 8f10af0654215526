package io.shardquake.harness.sim.node;

import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Input;
import java.util.List;

/** Several witnesses as one. */
public record Witnesses(List<Witness> all) implements Witness {
  public Witnesses {
    all = List.copyOf(all);
  }

  @Override
  public void turning(SimNode node, List<Input> inputs) {
    for (int i = 0; i < all.size(); i++) {
      all.get(i).turning(node, inputs);
    }
  }

  @Override
  public void turned(SimNode node, List<Effect> effects) {
    for (int i = 0; i < all.size(); i++) {
      all.get(i).turned(node, effects);
    }
  }

  @Override
  public void performing(SimNode node, Effect effect) {
    for (int i = 0; i < all.size(); i++) {
      all.get(i).performing(node, effect);
    }
  }

  @Override
  public void process(SimNode node, String what) {
    for (int i = 0; i < all.size(); i++) {
      all.get(i).process(node, what);
    }
  }

  @Override
  public void complains(SimNode node, String kind, String what) {
    for (int i = 0; i < all.size(); i++) {
      all.get(i).complains(node, kind, what);
    }
  }

  @Override
  public void crashed(SimNode node, Throwable failure) {
    for (int i = 0; i < all.size(); i++) {
      all.get(i).crashed(node, failure);
    }
  }
}
