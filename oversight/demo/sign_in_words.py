"""Plain words that demo passphrases are made of: five of them give 35 bits and more."""

WORDS = (
    "acorn amber anchor apple apron arch arrow aspen autumn badger bakery barley basil"
    " basket beacon beech berry birch bonnet bramble bridge bronze brook bucket button"
    " candle canvas carpet cedar cello chalk cherry chimney cinder clover coast cobble"
    " copper coral cotton cradle crystal daisy damson dapple dawn dove drift ember fern"
    " ferry fiddle field finch flint fog forest foxglove garden garnet gentle ginger"
    " glade goose granite grove harbour harvest hazel heather hedge heron hollow honey"
    " island ivory ivy jasmine jigsaw juniper kettle lantern larch lark lavender ledger"
    " lemon linen lintel magpie maple marble marsh meadow mellow mill mint mitten moss"
    " nettle oak oat olive orchard otter oven paddle parsley pebble pepper piano pigeon"
    " pine plum pocket poplar poppy quarry quill quilt rabbit raven reed ribbon ridge"
    " river robin rosemary rowan saddle saffron sage sandal shale silver sparrow spruce"
    " stable starling stone summer swallow tansy teapot thimble thistle thrush timber"
    " tulip velvet violet walnut water willow window winter woodland wren yarrow"
).split()
