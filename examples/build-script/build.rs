fn main() -> Result<(), flowtypes::Error> {
    // What it refers to is read too, and watched.
    flowtypes::build(["schemas/delivery.json"])
}
