package io.serai.web;

/** A request that is answered with a fault. */
class Stopped extends RuntimeException {

    private final transient Fault fault;

    Stopped(Fault fault) {
        super(fault.detail());
        this.fault = fault;
    }

    Fault fault() {
        return fault;
    }
}
