package io.serai.route;

import java.util.List;
import java.util.stream.Collectors;

/** A set of files was not put to work. */
public class SetRefused extends RuntimeException {

    private final transient List<Fault> faults;

    SetRefused(List<Fault> faults) {
        super(faults.stream().map(Fault::toString).collect(Collectors.joining("\n")));
        this.faults = faults;
    }

    public List<Fault> faults() {
        return faults;
    }
}
