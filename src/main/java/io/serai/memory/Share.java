package io.serai.memory;

import java.util.Collection;
import java.util.List;

/** How much each of several may cost so that all together cost no more than allowed: the short ones leave their share to the long ones. */
final class Share {

    private Share() {}

    /** @return what none may cost more than; no bound when all of them fit as they are */
    static int of(int allowance, Collection<Integer> costs) {
        List<Integer> ascending = costs.stream().sorted().toList();
        int left = allowance;
        for (int i = 0; i < ascending.size(); i++) {
            int share = left / (ascending.size() - i);
            if (ascending.get(i) > share) {
                return share;
            }
            left -= ascending.get(i);
        }
        return Integer.MAX_VALUE;
    }
}
