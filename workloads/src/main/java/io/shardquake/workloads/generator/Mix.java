package io.shardquake.workloads.generator;

import java.util.ArrayList;
import java.util.List;

/**
 * Each operation from one part, chosen by weight; an exhausted part is left out from then on.
 *
 * <p>The choice is made for the next operation when the one before is emitted, and stays until it
 * is taken. Choosing anew at every asking would favour the parts that are ready soonest.
 */
record Mix(List<Share> shares, int chosen) implements Generator {
  static final int NOT_CHOSEN = -1;

  @Override
  public Step next(GeneratorContext context) {
    List<Share> left = shares;
    int asked = chosen == NOT_CHOSEN ? choose(left, context.random()) : chosen;
    while (!left.isEmpty()) {
      int index = asked;
      List<Share> current = left;
      Step step = current.get(index).generator().next(context);
      if (step instanceof Step.Emit emit) {
        int following = choose(current, context.random());
        return emit.withRest(rest -> new Mix(replaced(current, index, rest), following));
      }
      if (step instanceof Step.Pending pending) {
        return pending.withRest(rest -> new Mix(replaced(current, index, rest), index));
      }
      left = without(left, index);
      asked = left.isEmpty() ? NOT_CHOSEN : choose(left, context.random());
    }
    return Step.exhausted();
  }

  @Override
  public Generator update(GeneratorContext context, GeneratorEvent event) {
    List<Share> updated = new ArrayList<>(shares.size());
    for (Share share : shares) {
      updated.add(share.with(share.generator().update(context, event)));
    }
    return new Mix(updated, chosen);
  }

  private static int choose(List<Share> shares, RandomSource random) {
    int total = 0;
    for (Share share : shares) {
      total += share.weight();
    }
    int drawn = random.nextInt(total);
    int index = 0;
    while (drawn >= shares.get(index).weight()) {
      drawn -= shares.get(index).weight();
      index++;
    }
    return index;
  }

  private static List<Share> replaced(List<Share> shares, int index, Generator generator) {
    List<Share> result = new ArrayList<>(shares);
    result.set(index, shares.get(index).with(generator));
    return result;
  }

  private static List<Share> without(List<Share> shares, int index) {
    List<Share> result = new ArrayList<>(shares);
    result.remove(index);
    return result;
  }
}
