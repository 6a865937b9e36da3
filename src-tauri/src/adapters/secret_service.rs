//! Looks at the Linux Secret Service without opening it, so that "not there" and "locked" can be told apart
//! and nobody meets a password dialog unasked.

use zbus::blocking::{Connection, Proxy, fdo::DBusProxy};
use zbus::names::BusName;
use zbus::zvariant::OwnedObjectPath;

use super::keyring::KeyringState;

const NAME: &str = "org.freedesktop.secrets";

pub(super) fn probe() -> KeyringState {
    look().unwrap_or(KeyringState::NoService)
}

/// Makes the system ask the officer for the keyring's password, and waits until its dialog is gone.
pub(super) fn ask_to_unlock() -> zbus::Result<()> {
    let bus = Connection::session()?;
    let service = service(&bus)?;
    let default: OwnedObjectPath = service.call("ReadAlias", &("default",))?;
    let (_, prompt): (Vec<OwnedObjectPath>, OwnedObjectPath) =
        service.call("Unlock", &(vec![default],))?;
    if prompt.as_str() == "/" {
        return Ok(());
    }
    let prompt = Proxy::new(&bus, NAME, prompt.as_str(), "org.freedesktop.Secret.Prompt")?;
    let mut completed = prompt.receive_signal("Completed")?;
    prompt.call::<_, _, ()>("Prompt", &("",))?;
    completed.next();
    Ok(())
}

fn look() -> zbus::Result<KeyringState> {
    let bus = Connection::session()?;
    let names = DBusProxy::new(&bus)?;
    if !names.name_has_owner(BusName::try_from(NAME)?)? {
        names.start_service_by_name(NAME.try_into()?, 0)?;
    }
    let default: OwnedObjectPath = service(&bus)?.call("ReadAlias", &("default",))?;
    if default.as_str() == "/" {
        // No default keyring yet: the first write makes one, and the system asks for its password.
        return Ok(KeyringState::Available);
    }
    let collection = Proxy::new(
        &bus,
        NAME,
        default.as_str(),
        "org.freedesktop.Secret.Collection",
    )?;
    let locked: bool = collection.get_property("Locked")?;
    Ok(if locked {
        KeyringState::Locked
    } else {
        KeyringState::Available
    })
}

fn service(bus: &Connection) -> zbus::Result<Proxy<'_>> {
    Proxy::new(
        bus,
        NAME,
        "/org/freedesktop/secrets",
        "org.freedesktop.Secret.Service",
    )
}
