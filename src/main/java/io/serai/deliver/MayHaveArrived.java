package io.serai.deliver;

import io.serai.message.Refused;

/** Nobody knows whether a parcel arrived, and its channel does not send twice: a person decides. */
class MayHaveArrived extends Refused {

    MayHaveArrived(String why, Throwable cause) {
        super("it may have arrived: " + why, cause);
    }
}
