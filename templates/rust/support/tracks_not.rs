/// No rule asks which elements and properties others have looked at.
const TRACKS: bool = false;
